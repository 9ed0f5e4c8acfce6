import { ActionIcon, Box, Group, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';

/** Puts text on the clipboard; pages that are not served securely have only the older way. */
export async function copyText(text: string): Promise<void> {
  if (window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  document.body.append(area);
  area.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way on a page served over plain HTTP
  document.execCommand('copy');
  area.remove();
}

/** A button that copies a value and says so. */
export function Copy({ value, label = 'Copy' }: { value: string; label?: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await copyText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <Tooltip label={copied ? 'Copied' : label}>
      <ActionIcon size="sm" aria-label={label} onClick={() => void copy()}>
        {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
      </ActionIcon>
    </Tooltip>
  );
}

/** A value that is there to be copied: a key, a token, a link. */
export function CopyField({ value, label }: { value: string; label: string }) {
  return (
    <Box>
      <Text size="sm" fw={550} mb={4}>
        {label}
      </Text>
      <Group gap="xs" wrap="nowrap" align="flex-start" p="xs" bg="var(--hk-code)" style={{ borderRadius: 6 }}>
        <Text className="hk-mono hk-break" size="sm" flex={1} data-testid="copy-value">
          {value}
        </Text>
        <Copy value={value} label={`Copy ${label.toLowerCase()}`} />
      </Group>
    </Box>
  );
}
