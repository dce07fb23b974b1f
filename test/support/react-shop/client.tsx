/** Begins the small storefront in the browser, over what the server drew. */
import './parley.css';

import { StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';

import * as parley from '../../../web/react/parley.ts';
import { App } from './App.tsx';

declare global {
  interface Window {
    readonly tokenOf: (sub: string) => Promise<string>;
    readonly chat: string;
  }
}

const root = document.querySelector('#root');
if (root === null) throw new Error('The page has no #root.');
hydrateRoot(
  root,
  <StrictMode>
    <App parley={parley} chat={window.chat} tokenOf={(sub) => window.tokenOf(sub)} />
  </StrictMode>,
);
