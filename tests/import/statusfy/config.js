// The settings of an invented company.
const analytics = require('./analytics')

module.exports = {
  title: 'Harbour\'s Status',
  description: "How **Harbour** does",
  baseUrl: 'https://status.harbour.example',
  defaultLocale: 'en', // the others stand below
  locales: [
    { code: 'en', iso: 'en-US', name: 'English' },
    { code: 'es', iso: 'es-ES', name: 'Español' },
  ],
  content: {
    frontMatterFormat: 'yaml',
    systems: ['api', 'site-delivery', "cdn", 'cdn', 'dns'],
  },
  analytics: { ga: analytics.id },
  theme: { links: { en: { home: 'https://harbour.example' } } },
  serviceWorker: process.env.NODE_ENV === 'production'
}
