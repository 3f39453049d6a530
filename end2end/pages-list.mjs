// Every page and who may see it: what axe, Lighthouse and the pictures go through.

/** @type {readonly { name: string, path: string, who: 'visitor' | 'owner' | 'operator' }[]} */
export const pages = [
  { name: 'sign-in', path: '/sign-in', who: 'visitor' },
  { name: 'sign-up', path: '/sign-up', who: 'visitor' },
  { name: 'privacy', path: '/privacy', who: 'visitor' },
  { name: 'terms', path: '/terms', who: 'visitor' },
  { name: 'status', path: '/', who: 'owner' },
  { name: 'connect', path: '/connect', who: 'owner' },
  { name: 'choose', path: '/connect/choose', who: 'owner' },
  { name: 'team', path: '/team', who: 'owner' },
  { name: 'account', path: '/account', who: 'owner' },
  { name: 'activity', path: '/activity', who: 'owner' },
  { name: 'admin', path: '/admin', who: 'operator' },
];
