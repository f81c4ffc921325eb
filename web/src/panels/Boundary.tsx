/** Keeps the rest of the page when a part of it cannot be loaded or fails. */
import { Component } from "react";

interface BoundaryProps {
  /** Another key is another try. */
  readonly children: React.ReactNode;
}

export class Boundary extends Component<BoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): React.ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="panel-failure" role="alert">
        <p>This part of the page could not be loaded. It is there again once the server answers and the page is reloaded.</p>
        <button type="button" className="button" onClick={() => location.reload()}>
          Reload the page
        </button>
      </div>
    );
  }
}
