import { Alert, Button, Code, Group, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { asProblem } from '../api/problem';
import { Copy } from './Copy';

/** A problem in full: title, what happened and what to do, the fields at fault, and the request to ask about. */
export function ProblemAlert({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  if (error === undefined || error === null) return null;
  const problem = asProblem(error);
  return (
    <Alert
      color="red"
      data-tone="red"
      icon={<IconAlertTriangle size={18} aria-hidden />}
      title={problem.title}
      role="alert"
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm" className="hk-break" style={{ whiteSpace: 'pre-wrap' }}>
          {problem.detail}
        </Text>
        {problem.fields.length > 1 && (
          <List size="sm">
            {problem.fields.map((field) => (
              <List.Item key={field.path}>
                <Code>{field.path}</Code> {field.message}
              </List.Item>
            ))}
          </List>
        )}
        {problem.requestId && (
          <Group gap={4}>
            <Text size="xs" c="dimmed">
              Request <span className="hk-mono hk-break">{problem.requestId}</span>
            </Text>
            <Copy value={problem.requestId} label="Copy the request id" />
          </Group>
        )}
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
