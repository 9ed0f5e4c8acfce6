import { ActionIcon, Text, TextInput, Tooltip } from '@mantine/core';
import {
  IconChevronsDown,
  IconArrowDown,
  IconArrowUp,
  IconClock,
  IconCopy,
  IconDownload,
  IconPlayerPause,
  IconPlayerPlay,
  IconSearch,
  IconTextWrap,
} from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  memo,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import type { StreamState } from '../api/stream';
import { ansiSpans, stripAnsi } from './ansi';
import { copyText } from './Copy';
import type { KeptLine, LogBuffer } from './logBuffer';
import classes from './LogView.module.css';
import { clock } from './time';

interface LogViewProps {
  buffer: LogBuffer;
  state: StreamState;
  label: string;
  fileName: string;
  /** What is said while there are no lines. */
  empty: string;
  /** Names a line's container in a few characters, where there are several. */
  containerLabel?: (container: string) => string;
  filter?: (line: KeptLine) => boolean;
  height?: string;
  /** More controls, before the others. */
  controls?: ReactNode;
}

const ROW = 20;
/** A line longer than this is cut on the screen; copying and downloading give all of it. */
const LONGEST_SHOWN = 4_000;

const STATE_TEXT: Record<StreamState, string> = {
  connecting: 'Connecting',
  open: 'Live',
  reconnecting: 'Connecting again',
  closed: 'Complete',
};

/** A live log: follows its end until the reader scrolls up or pauses, and stays quick with many lines. */
export function LogView(props: LogViewProps) {
  const { buffer, state, label, empty, filter, containerLabel, height = 'min(58vh, 620px)' } = props;
  const live = useSyncExternalStore(buffer.subscribe, buffer.snapshot);
  const [frozen, setFrozen] = useState<readonly KeptLine[]>();
  const [follow, setFollow] = useState(true);
  const [wrap, setWrap] = useState(() => matchMedia('(width < 48em)').matches);
  const [times, setTimes] = useState(() => !matchMedia('(width < 48em)').matches);
  const [search, setSearch] = useState('');
  const [current, setCurrent] = useState(0);
  const screen = useRef<HTMLDivElement>(null);

  const all = frozen ?? live;
  const lines = useMemo(() => (filter ? all.filter(filter) : all), [all, filter]);
  const needle = useDeferredValue(search.trim().toLowerCase());
  const hits = useMemo(
    () =>
      needle === ''
        ? []
        : lines.flatMap((line, index) => (stripAnsi(line.text).toLowerCase().includes(needle) ? [index] : [])),
    [lines, needle],
  );

  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => screen.current,
    estimateSize: () => ROW,
    overscan: 24,
    getItemKey: (index) => lines[index]?.number ?? index,
  });

  useEffect(() => {
    if (follow && frozen === undefined && lines.length > 0) {
      screen.current?.scrollTo({ top: screen.current.scrollHeight });
    }
  }, [follow, frozen, lines.length, wrap]);

  useEffect(() => virtualizer.measure(), [wrap, virtualizer]);

  const goTo = (position: number) => {
    if (hits.length === 0) return;
    const next = (position + hits.length) % hits.length;
    setCurrent(next);
    setFollow(false);
    virtualizer.scrollToIndex(hits[next] ?? 0, { align: 'center' });
  };
  const hitSet = useMemo(() => new Set(hits), [hits]);
  const paused = frozen !== undefined;
  const text = () => lines.map((line) => `${line.at} ${stripAnsi(line.text)}`).join('\n') + '\n';

  return (
    <div className={classes.frame}>
      <div className={classes.bar} role="toolbar" aria-label={`${label}: controls`}>
        <span className={classes.state} role="status">
          <span className={classes.dot} data-state={state} aria-hidden />
          {paused ? `Paused, ${live.length - frozen.length} new lines` : STATE_TEXT[state]}
        </span>
        {props.controls}
        <TextInput
          size="xs"
          ml="auto"
          w={210}
          placeholder="Search"
          aria-label="Search the log"
          leftSection={<IconSearch size={14} aria-hidden />}
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            setCurrent(0);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') goTo(current + (event.shiftKey ? -1 : 1));
          }}
          rightSectionWidth={64}
          rightSection={
            needle !== '' && (
              <Text size="xs" c="dimmed" role="status">
                {hits.length === 0 ? 'none' : `${current + 1}/${hits.length}`}
              </Text>
            )
          }
        />
        {needle !== '' && (
          <>
            <Tool label="Previous hit" onClick={() => goTo(current - 1)} disabled={hits.length === 0}>
              <IconArrowUp size={15} />
            </Tool>
            <Tool label="Next hit" onClick={() => goTo(current + 1)} disabled={hits.length === 0}>
              <IconArrowDown size={15} />
            </Tool>
          </>
        )}
        <Tool label="Times" pressed={times} onClick={() => setTimes(!times)}>
          <IconClock size={15} />
        </Tool>
        <Tool label="Wrap long lines" pressed={wrap} onClick={() => setWrap(!wrap)}>
          <IconTextWrap size={15} />
        </Tool>
        <Tool label="Copy" onClick={() => void copyText(text())} disabled={lines.length === 0}>
          <IconCopy size={15} />
        </Tool>
        <Tool label="Download" onClick={() => download(props.fileName, text())} disabled={lines.length === 0}>
          <IconDownload size={15} />
        </Tool>
        {state !== 'closed' && (
          <Tool
            label={paused ? 'Go on' : 'Pause'}
            pressed={paused}
            onClick={() => {
              setFrozen(paused ? undefined : live);
              if (paused) setFollow(true);
            }}
          >
            {paused ? <IconPlayerPlay size={15} /> : <IconPlayerPause size={15} />}
          </Tool>
        )}
        <Tool
          label="Follow the end"
          pressed={follow && !paused}
          onClick={() => {
            setFrozen(undefined);
            setFollow(!follow || paused);
          }}
        >
          <IconChevronsDown size={15} />
        </Tool>
      </div>
      <div
        ref={screen}
        className={classes.screen}
        style={{ '--height': height } as React.CSSProperties}
        data-wrap={wrap}
        tabIndex={0}
        role="log"
        aria-label={label}
        aria-live="off"
        onWheel={(event) => {
          if (event.deltaY < 0) setFollow(false);
        }}
        onScroll={(event) => {
          const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
          if (!follow && scrollHeight - scrollTop - clientHeight < 8 && !paused) setFollow(true);
        }}
        onKeyDown={(event) => {
          if (['ArrowUp', 'PageUp', 'Home'].includes(event.key)) setFollow(false);
          if (event.key === 'End') setFollow(true);
        }}
      >
        {lines.length === 0 ? (
          <div className={classes.message}>{empty}</div>
        ) : (
          <div className={classes.rows} style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map((row) => {
              const line = lines[row.index];
              return (
                line && (
                  <div
                    key={row.key}
                    ref={wrap ? virtualizer.measureElement : undefined}
                    data-index={row.index}
                    className={classes.row}
                    data-stream={line.stream}
                    data-hit={hitSet.has(row.index)}
                    data-current={hits[current] === row.index}
                    style={{ transform: `translateY(${row.start}px)` }}
                  >
                    {times && (
                      <time className={classes.at} dateTime={line.at}>
                        {clock(line.at)}
                      </time>
                    )}
                    {containerLabel && line.container && (
                      <span className={classes.container}>{containerLabel(line.container)}</span>
                    )}
                    <LineText text={line.text} />
                  </div>
                )
              );
            })}
          </div>
        )}
      </div>
    </div>
  );
}

const LineText = memo(function LineText({ text }: { text: string }) {
  const shown = text.length > LONGEST_SHOWN ? text.slice(0, LONGEST_SHOWN) : text;
  return (
    <span className={classes.text}>
      {ansiSpans(shown).map((span, index) => (
        <span
          key={index}
          className={
            span.style
              .split(' ')
              .map((name) => classes[name])
              .join(' ') || undefined
          }
        >
          {span.text}
        </span>
      ))}
      {shown !== text && ` … ${(text.length - LONGEST_SHOWN).toLocaleString('en')} more characters`}
    </span>
  );
});

interface ToolProps {
  label: string;
  pressed?: boolean;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Tool({ label, pressed, disabled, onClick, children }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        size={28}
        variant={pressed ? 'light' : 'subtle'}
        color={pressed ? 'petrol' : 'gray'}
        aria-label={label}
        aria-pressed={pressed}
        disabled={disabled}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
