import { Component, type ReactNode } from 'react';

interface MishapProps {
  /** Drawn in place of a view that could not be drawn. */
  readonly instead: ReactNode;
  /** Another view is another try. */
  readonly attempt: unknown;
  readonly children: ReactNode;
}

interface MishapState {
  readonly failedAt: unknown;
}

/** A view that this page cannot draw must not leave the glass black: it says "one moment" until the next one. */
export class Mishap extends Component<MishapProps, MishapState> {
  override readonly state: MishapState = { failedAt: undefined };

  override componentDidCatch(): void {
    this.setState({ failedAt: this.props.attempt });
  }

  static getDerivedStateFromError(): Partial<MishapState> {
    return { failedAt: failing };
  }

  override render(): ReactNode {
    const { failedAt } = this.state;
    const isFailed = failedAt === failing || (failedAt !== undefined && failedAt === this.props.attempt);
    return isFailed ? this.props.instead : this.props.children;
  }
}

/** Between the fault and the moment one knows which view it was. */
const failing = Symbol('failing');
