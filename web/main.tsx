/** The one page. It holds no component: hot reload would run it again, and begin the page twice. */
import './ui/tokens.css';
import './ui/base/base.css';
import './ui/conversation/conversation.css';
import './ui/message/message.css';
import './site.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { Site } from './Site.tsx';

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root.');
createRoot(root).render(
  <StrictMode>
    <Site />
  </StrictMode>,
);
