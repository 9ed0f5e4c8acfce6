import type { Appearance } from './status';
import classes from './Status.module.css';

/** A state as a mark and a word. */
export function Status({ look, pill = false }: { look: Appearance; pill?: boolean }) {
  return (
    <span className={`${classes.status} ${classes[look.tone]} ${pill ? classes.pill : ''}`}>
      <span className={classes.mark} data-shape={look.shape} aria-hidden />
      <span className={classes.label}>{look.label}</span>
    </span>
  );
}
