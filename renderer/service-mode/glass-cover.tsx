import type { ComponentProps } from 'react';
import { createPortal } from 'react-dom';
import './glass-trials.css';

/** Covers the glass from edge to edge, header and ribbon included, wherever in the page it is said. */
export function GlassCover(props: ComponentProps<'div'> & { readonly 'data-picture'?: string }) {
  const glass = document.querySelector('.glass');
  return glass && createPortal(<div {...props} className="glass-trial" />, glass);
}
