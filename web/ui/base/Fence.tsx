/** Keeps a mistake of one part inside that part: the page around it goes on. */
import { Component, type ComponentType, type ReactNode } from 'react';

interface FenceProps {
  /** Stands in for what failed; `onRetry` draws that anew. Absent where nobody would miss it. */
  Fallback?: ComponentType<{ onRetry: () => void }>;
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
    if (!this.state.hasFailed) return children;
    return Fallback === undefined ? null : <Fallback onRetry={this.#retry} />;
  }
}
