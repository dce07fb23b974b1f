/** Begins the small storefront in the browser, over what the server drew. */
import './parley.css';

import { StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';

import * as parley from '../../../web/react/parley.ts';
import { PAGES } from './pages.tsx';

declare global {
  interface Window {
    readonly tokenOf: (sub: string) => Promise<string>;
    readonly chat: string;
  }
}

const root = document.querySelector('#root');
if (root === null) throw new Error('The page has no #root.');
const Shop = PAGES[location.pathname];
if (Shop === undefined) throw new Error(`There is no page ${location.pathname}.`);
hydrateRoot(
  root,
  <StrictMode>
    <Shop parley={parley} chat={window.chat} tokenOf={(sub) => window.tokenOf(sub)} />
  </StrictMode>,
);
