/** Keeps a mistake of the chat inside the chat: the storefront around it goes on. */
import { Component, type ReactNode } from 'react';

import { LoadFailed } from './LoadFailed.tsx';

interface FenceProps {
  /** Takes away what stands in for the chat; absent where that stands in the page itself. */
  onClose?: () => void;
  children: ReactNode;
}

/** React reports the error to the console by itself. */
export class Fence extends Component<FenceProps, { hasFailed: boolean }> {
  override readonly state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  readonly #retry = (): void => this.setState({ hasFailed: false });

  override render(): ReactNode {
    const { onClose, children } = this.props;
    if (!this.state.hasFailed) return children;
    return <LoadFailed onRetry={this.#retry} {...(onClose !== undefined && { onClose })} />;
  }
}
