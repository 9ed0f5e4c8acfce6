import { Container, Stack, Title } from '@mantine/core';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { isMissing } from '../api/problem';
import { paths } from '../routes';
import { useDocumentTitle } from './Page';
import { EmptyState } from './EmptyState';
import { LinkButton } from './links';
import { ProblemAlert } from './ProblemAlert';

/** A page that could not be shown at all. */
export function RouteProblem({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  if (isMissing(error)) return <Missing />;
  return (
    <Container size="sm" py="xl">
      <Stack>
        <Title order={1}>This page could not be shown</Title>
        <ProblemAlert
          error={error}
          onRetry={() => {
            reset();
            void router.invalidate();
          }}
        />
      </Stack>
    </Container>
  );
}

/** An address that leads nowhere, outside the frame of the pages. */
export function NotFound() {
  return (
    <Container size="sm" py="xl" component="main">
      <Missing />
    </Container>
  );
}

/** What is not there, or not for this person: the API does not tell which, and neither do we. */
export function Missing() {
  useDocumentTitle('Not found');
  return (
    <EmptyState
      order={1}
      title="There is nothing at this address"
      action={
        <LinkButton to={paths.home} variant="default">
          Go to the projects
        </LinkButton>
      }
    >
      It may have been deleted, your role may not include it, or the link was cut short.
    </EmptyState>
  );
}
