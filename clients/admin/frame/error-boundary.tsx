/** A page that breaks takes nothing else with it. A chunk that is gone (a new version was put out) is fetched by a reload. */
import { Component, type ReactNode } from 'react';
import { Failed } from '../../shared/states.tsx';

export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }
  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    const problem = { kind: 'fault' as const, code: 'INTERNAL', message: '', traceId: null, retryAfterMs: null, fields: {} };
    return <Failed problem={problem} retry={() => window.location.reload()} />;
  }
}
