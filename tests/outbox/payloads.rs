//! What stands in each file of a message.
