/** Markup in plain JavaScript: what is put into a template is text or an element, never markup. */
import htm from 'htm';
import { h } from 'preact';

export const html = htm.bind(h);
