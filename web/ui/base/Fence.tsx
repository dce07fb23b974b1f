/** Keeps a mistake of one part inside that part: the page around it goes on. */
import { Component, type ComponentType, type ReactNode } from 'react';

interface FenceProps {
  /** Stands in for what failed; `onRetry` draws that anew. */
  Fallback: ComponentType<{ onRetry: () => void }>;
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
    const { Fallback, children } = this.props;
    return this.state.hasFailed ? <Fallback onRetry={this.#retry} /> : children;
  }
}
