/**
 * Light or dark: what was chosen in this browser before, else what the system says. A script of its own ahead of
 * the others, so that the page is never drawn in the other colours first.
 */
document.documentElement.dataset.theme = localStorage.getItem('theme') ?? 'system';
