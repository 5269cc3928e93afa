/** Keeps one broken screen from taking the frame down, and offers to open it again. */

import { Component, type ReactNode } from 'react'
import { RequestFailed } from '../desk-api.ts'
import { FailurePlace } from './failure-place.tsx'

type Props = { children: ReactNode; place: string }

export class ErrorBoundary extends Component<Props, { failed: string | null }> {
  override state = { failed: null as string | null }
  static getDerivedStateFromError() {
    return { failed: '?' }
  }
  override componentDidUpdate(before: Props) {
    if (this.state.failed && before.place !== this.props.place) this.setState({ failed: null })
  }
  override render() {
    if (!this.state.failed) return this.props.children
    return (
      <section className="cd-card">
        <FailurePlace
          failure={new RequestFailed('broken', 0)}
          onRetry={() => this.setState({ failed: null })}
        />
      </section>
    )
  }
}
