import { Container, Stack, Title } from '@mantine/core';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { paths } from '../routes';
import { EmptyState } from './EmptyState';
import { LinkButton } from './links';
import { ProblemAlert } from './ProblemAlert';

/** A page that could not be shown at all. */
export function RouteProblem({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
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

export function NotFound() {
  return (
    <Container size="sm" py="xl" component="main">
      <EmptyState
        title="There is nothing at this address"
        action={
          <LinkButton to={paths.home} variant="default">
            Go to the projects
          </LinkButton>
        }
      >
        It may have been deleted, or the link was cut short.
      </EmptyState>
    </Container>
  );
}
