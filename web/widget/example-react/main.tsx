/** The React example's beginning. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { Page } from './Page.tsx';

const root = document.querySelector('#root');
if (root === null) throw new Error('example-react.html has no #root.');
createRoot(root).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
