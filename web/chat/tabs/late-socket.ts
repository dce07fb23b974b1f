/** A socket that is asked for before it is known who opens it. */
import type { Ports, SocketPort } from '#client/ports.ts';

/** What a browser says of a socket that was lost. */
export const LOST = 1006;

/** Opens sockets by what is brought, once that is there. */
export function lateSocket(bring: () => Promise<Ports['openSocket']>): Ports['openSocket'] {
  return (url, protocols, listener) => {
    let isEnded = false;
    let socket: SocketPort | null = null;
    void bring().then((open) => {
      if (isEnded) return;
      try {
        socket = open(url, protocols, listener);
      } catch {
        listener.onClose(LOST);
      }
    });
    return {
      send: (text) => {
        if (socket === null) throw new Error('Not open yet.');
        socket.send(text);
      },
      close: () => {
        isEnded = true;
        socket?.close();
      },
    };
  };
}
