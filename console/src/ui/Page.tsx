import { Box, Group, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import classes from './Page.module.css';

interface PageProps {
  title: string;
  /** What the browser's tab shows, when the title is not enough. */
  documentTitle?: string;
  crumbs?: ReactNode[];
  description?: ReactNode;
  /** Beside the title: a state. */
  badge?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A page of the console: where one is, its title, what can be done, and the content. */
export function Page({ title, documentTitle, crumbs = [], description, badge, actions, children }: PageProps) {
  useDocumentTitle(documentTitle ?? title);
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <Box miw={0} maw="100%">
          {crumbs.length > 0 && (
            <nav aria-label="Breadcrumb">
              <ol className={classes.crumbs}>
                {crumbs.map((crumb, index) => (
                  <li key={index}>{crumb}</li>
                ))}
              </ol>
            </nav>
          )}
          <Group gap="sm">
            <Title order={1} className="hk-break">
              {title}
            </Title>
            {badge}
          </Group>
          {description && (
            <Text size="sm" c="dimmed" mt={4} maw={720} style={{ textWrap: 'pretty' }}>
              {description}
            </Text>
          )}
        </Box>
        {actions && <Group gap="xs">{actions}</Group>}
      </header>
      {children}
    </div>
  );
}

export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Havenkeep`;
  }, [title]);
}

interface SectionProps {
  title?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  /** Content that brings its own edges, such as a table. */
  flush?: boolean;
  children: ReactNode;
}

/** A framed part of a page. */
export function Section({ title, description, actions, flush = false, children }: SectionProps) {
  return (
    <section className={classes.section}>
      {(title !== undefined || actions !== undefined) && (
        <div className={classes.sectionHead}>
          <Box miw={0}>
            <Title order={2} fz="md">
              {title}
            </Title>
            {description && (
              <Text size="sm" c="dimmed">
                {description}
              </Text>
            )}
          </Box>
          {actions && <Group gap="xs">{actions}</Group>}
        </div>
      )}
      <div className={flush ? undefined : classes.body}>{children}</div>
    </section>
  );
}
