import { createLink, useLocation } from '@tanstack/react-router';
import { useEffect, useRef, type AnchorHTMLAttributes, type ReactNode, type Ref } from 'react';
import classes from './TabBar.module.css';

/** The pages of one thing, side by side. */
export function TabBar({ label, children }: { label: string; children: ReactNode }) {
  const tabs = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // On a phone the tabs are wider than the screen: the one that is open has to be in view.
  useEffect(() => {
    const active = tabs.current?.querySelector<HTMLElement>('[data-status="active"]');
    if (active) tabs.current?.scrollTo({ left: active.offsetLeft - 80 });
  }, [pathname]);
  return (
    <nav className={classes.tabs} aria-label={label} ref={tabs}>
      {children}
    </nav>
  );
}

export const LinkTab = createLink(
  (props: AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: Ref<HTMLAnchorElement> }) => (
    <a {...props} className={classes.tab} />
  ),
);
