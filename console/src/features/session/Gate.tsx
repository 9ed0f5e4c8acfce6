import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Logo } from '../../ui/Logo';
import { useDocumentTitle } from '../../ui/Page';
import classes from './Gate.module.css';

/** The pages before the sign-in: the keep at dusk beside one form. */
export function Gate({
  title,
  description,
  children,
}: {
  title: string;
  description?: ReactNode;
  children: ReactNode;
}) {
  useDocumentTitle(title);
  return (
    <div className={classes.gate}>
      <header className={classes.wall}>
        <Logo size={28} />
        <div className={classes.words}>
          <p className={classes.motto}>A haven for your apps, with a keep inside.</p>
          <p>Your servers, your data. Every deployment switches over only when the new version answers.</p>
        </div>
        <svg className={classes.keep} viewBox="0 0 380 420" aria-hidden>
          <path
            d="M60 60h44v34h34V60h44v34h34V60h44v34h34V60h44v86l-22 24v250H82V170l-22-24z"
            fill="#0b323d"
            opacity="0.9"
          />
          <path d="M0 250h26v22h24v-22h32v170H0z" fill="#0b323d" opacity="0.9" />
          <path d="M316 250h24v22h24v-22h40v170h-88z" fill="#0b323d" opacity="0.9" />
          <path d="M168 420v-74a31 31 0 0 1 62 0v74z" fill="#e5a13a" />
          <path d="M189 196h20v40h-20zM128 226h12v28h-12zM258 226h12v28h-12z" fill="#e5a13a" opacity="0.85" />
        </svg>
      </header>
      <main className={classes.form}>
        <div className={classes.inner}>
          <Title order={1} mb={4}>
            {title}
          </Title>
          {description && (
            <Text size="sm" c="dimmed" mb="lg">
              {description}
            </Text>
          )}
          {children}
        </div>
      </main>
    </div>
  );
}
