import type { ReactNode } from 'react';
import classes from './Facts.module.css';

/** Names and values, side by side. */
export function Facts({ facts }: { facts: [string, ReactNode][] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name} className={classes.fact}>
          <dt>{name}</dt>
          <dd className="hk-break">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
