// The server's side of RFC 6455, as much as a small application needs: no extensions, no subprotocols.
import { createHash } from 'node:crypto';
import { EventEmitter } from 'node:events';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'; // section 1.3
const LARGEST_MESSAGE = 1024 * 1024;
const CLOSE_PATIENCE_MS = 2000;

const Opcode = { CONTINUATION: 0, TEXT: 1, BINARY: 2, CLOSE: 8, PING: 9, PONG: 10 };

export const CloseCode = {
  NORMAL: 1000,
  GOING_AWAY: 1001,
  PROTOCOL_ERROR: 1002,
  NO_STATUS: 1005,
  ABNORMAL: 1006,
  INVALID_DATA: 1007,
  TOO_BIG: 1009,
};

/** Answers an upgrade request (section 4.2): the connection, or undefined when the request was refused. */
export function accept(request, socket, head) {
  const key = request.headers['sec-websocket-key'];
  const refusal = refuse(request, key);
  if (refusal) {
    socket.end(`HTTP/1.1 ${refusal}\r\nSec-WebSocket-Version: 13\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    return undefined;
  }
  socket.write(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      `Sec-WebSocket-Accept: ${createHash('sha1').update(key + GUID).digest('base64')}\r\n\r\n`,
  );
  return new WebSocketConnection(socket, head);
}

function refuse(request, key) {
  if (request.method !== 'GET' || request.headers.upgrade?.toLowerCase() !== 'websocket') {
    return '400 Bad Request';
  }
  if (request.headers['sec-websocket-version'] !== '13') {
    return '426 Upgrade Required';
  }
  if (!key || Buffer.from(key, 'base64').length !== 16) {
    return '400 Bad Request';
  }
  return undefined;
}

/** Emits `message` (string or Buffer) and, exactly once, `close` (code). */
export class WebSocketConnection extends EventEmitter {
  #socket;
  #pending = Buffer.alloc(0);
  #fragments = [];
  #fragmentsLength = 0;
  #fragmentsOpcode;
  #closeSent = false;
  #closeCode = CloseCode.ABNORMAL;
  #patience;

  constructor(socket, head) {
    super();
    this.#socket = socket;
    socket.setTimeout(0);
    socket.setNoDelay(true);
    socket.on('data', (data) => this.#receive(data));
    socket.on('error', () => socket.destroy());
    socket.on('end', () => socket.end());
    socket.on('close', () => {
      clearTimeout(this.#patience);
      this.emit('close', this.#closeCode);
    });
    if (head?.length) {
      queueMicrotask(() => this.#receive(head));
    }
  }

  send(message) {
    if (typeof message === 'string') {
      this.#write(Opcode.TEXT, Buffer.from(message));
    } else {
      this.#write(Opcode.BINARY, message);
    }
  }

  ping(payload = Buffer.alloc(0)) {
    this.#write(Opcode.PING, payload);
  }

  /** Starts the closing handshake (section 7.1.2); a peer that does not answer it is cut off. */
  close(code = CloseCode.NORMAL, reason = '') {
    if (this.#closeSent) {
      return;
    }
    const payload = Buffer.alloc(2 + Buffer.byteLength(reason));
    payload.writeUInt16BE(code);
    payload.write(reason, 2);
    this.#write(Opcode.CLOSE, payload);
    this.#closeSent = true;
    this.#patience = setTimeout(() => this.#socket.destroy(), CLOSE_PATIENCE_MS);
  }

  #write(opcode, payload) {
    if (this.#closeSent || this.#socket.destroyed) {
      return;
    }
    this.#socket.write(Buffer.concat([header(opcode, payload.length), payload]));
  }

  #fail(code, reason) {
    this.#closeCode = code;
    this.close(code, reason);
    this.#socket.end();
  }

  #receive(data) {
    this.#pending = this.#pending.length === 0 ? data : Buffer.concat([this.#pending, data]);
    while (!this.#socket.writableEnded) {
      const frame = readFrame(this.#pending);
      if (frame === undefined) {
        return;
      }
      if (frame.error) {
        this.#fail(frame.error, frame.reason);
        return;
      }
      this.#pending = this.#pending.subarray(frame.size);
      this.#handle(frame);
    }
  }

  #handle({ final, opcode, payload }) {
    switch (opcode) {
      case Opcode.PING:
        this.#write(Opcode.PONG, payload);
        return;
      case Opcode.PONG:
        return;
      case Opcode.CLOSE:
        this.#peerCloses(payload);
        return;
      case Opcode.TEXT:
      case Opcode.BINARY:
        if (this.#fragmentsOpcode !== undefined) {
          this.#fail(CloseCode.PROTOCOL_ERROR, 'a new message inside a fragmented one');
          return;
        }
        this.#fragmentsOpcode = opcode;
        break;
      case Opcode.CONTINUATION:
        if (this.#fragmentsOpcode === undefined) {
          this.#fail(CloseCode.PROTOCOL_ERROR, 'nothing to continue');
          return;
        }
        break;
      default:
        this.#fail(CloseCode.PROTOCOL_ERROR, 'unknown opcode');
        return;
    }
    this.#fragments.push(payload);
    this.#fragmentsLength += payload.length;
    if (this.#fragmentsLength > LARGEST_MESSAGE) {
      this.#fail(CloseCode.TOO_BIG, 'message too big');
    } else if (final) {
      this.#deliver();
    }
  }

  #deliver() {
    const message = Buffer.concat(this.#fragments);
    const opcode = this.#fragmentsOpcode;
    this.#fragments = [];
    this.#fragmentsLength = 0;
    this.#fragmentsOpcode = undefined;
    if (opcode === Opcode.BINARY) {
      this.emit('message', message);
      return;
    }
    const text = decodeUtf8(message);
    if (text === undefined) {
      this.#fail(CloseCode.INVALID_DATA, 'not UTF-8');
    } else {
      this.emit('message', text);
    }
  }

  #peerCloses(payload) {
    if (payload.length === 1 || (payload.length >= 2 && !mayBeReceived(payload.readUInt16BE()))) {
      this.#fail(CloseCode.PROTOCOL_ERROR, 'bad close code');
      return;
    }
    if (payload.length > 2 && decodeUtf8(payload.subarray(2)) === undefined) {
      this.#fail(CloseCode.INVALID_DATA, 'not UTF-8');
      return;
    }
    this.#closeCode = payload.length >= 2 ? payload.readUInt16BE() : CloseCode.NO_STATUS;
    if (!this.#closeSent) {
      this.#write(Opcode.CLOSE, payload.subarray(0, 2));
      this.#closeSent = true;
    }
    this.#socket.end(); // the server closes the TCP connection first (section 7.1.1)
  }
}

/** Section 5.2. Undefined when the frame is not complete yet. */
function readFrame(data) {
  if (data.length < 2) {
    return undefined;
  }
  const opcode = data[0] & 0x0f;
  const control = opcode >= Opcode.CLOSE;
  let length = data[1] & 0x7f;
  let offset = 2;
  if (data[0] & 0x70) {
    return { error: CloseCode.PROTOCOL_ERROR, reason: 'reserved bits' };
  }
  if (!(data[1] & 0x80)) {
    return { error: CloseCode.PROTOCOL_ERROR, reason: 'frames from a client are masked' };
  }
  if (control && (length > 125 || !(data[0] & 0x80))) {
    return { error: CloseCode.PROTOCOL_ERROR, reason: 'bad control frame' };
  }
  if (length === 126) {
    if (data.length < 4) {
      return undefined;
    }
    length = data.readUInt16BE(2);
    offset = 4;
  } else if (length === 127) {
    if (data.length < 10) {
      return undefined;
    }
    length = Number(data.readBigUInt64BE(2));
    offset = 10;
  }
  if (length > LARGEST_MESSAGE) {
    return { error: CloseCode.TOO_BIG, reason: 'message too big' };
  }
  const size = offset + 4 + length;
  if (data.length < size) {
    return undefined;
  }
  const mask = data.subarray(offset, offset + 4);
  const payload = Buffer.from(data.subarray(offset + 4, size));
  for (let i = 0; i < payload.length; i++) {
    payload[i] ^= mask[i & 3];
  }
  return { final: Boolean(data[0] & 0x80), opcode, payload, size };
}

function header(opcode, length) {
  if (length < 126) {
    return Buffer.from([0x80 | opcode, length]);
  }
  if (length < 65536) {
    const bytes = Buffer.from([0x80 | opcode, 126, 0, 0]);
    bytes.writeUInt16BE(length, 2);
    return bytes;
  }
  const bytes = Buffer.alloc(10);
  bytes[0] = 0x80 | opcode;
  bytes[1] = 127;
  bytes.writeBigUInt64BE(BigInt(length), 2);
  return bytes;
}

/** Section 7.4: the codes that may stand in a close frame. */
function mayBeReceived(code) {
  return (code >= 1000 && code <= 1011 && ![1004, 1005, 1006].includes(code)) || (code >= 3000 && code <= 4999);
}

function decodeUtf8(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
