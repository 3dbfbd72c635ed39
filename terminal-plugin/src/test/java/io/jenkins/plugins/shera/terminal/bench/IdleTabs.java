package io.jenkins.plugins.shera.terminal.bench;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Tabs in which people look at terminals and hardly type, in a process of its own, so that nothing of them is counted as Jenkins'. Does what its
 * standard input says, a line each: {@code open USER PATH} joins a session, {@code type} presses Return in all of them, {@code tell} answers
 * {@code joined answered ended}, where a tab has answered when something came after the last Return.
 */
final class IdleTabs {
    private static final int LARGEST = 1 << 17;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final List<Tab> tabs = new ArrayList<>();
    private final Queue<String> orders = new ConcurrentLinkedQueue<>();
    private final Selector selector;
    private final String host;
    private final int port;

    private IdleTabs(Selector selector, String host, int port) {
        this.selector = selector;
        this.host = host;
        this.port = port;
    }

    /** One tab; of its output only how much it is. */
    private static final class Tab {
        private final SocketChannel channel;
        private final ByteBuffer came = ByteBuffer.allocate(LARGEST);
        private boolean joined;
        private boolean answered;
        private boolean ended;
        private long shown;

        Tab(SocketChannel channel) {
            this.channel = channel;
        }

        /** A frame of a client; the mask may be of zeros, which alter nothing. */
        void send(int kind, byte[] content) throws IOException {
            ByteBuffer frame = ByteBuffer.allocate(content.length + 6);
            frame.put((byte) (0x80 | kind)).put((byte) (0x80 | content.length)).putInt(0);
            frame.put(content).flip();
            while (frame.hasRemaining()) {
                channel.write(frame);
            }
        }

        void read() throws IOException {
            if (channel.read(came) < 0) {
                throw new EOFException();
            }
            came.flip();
            while (frame()) {
                came.compact().flip();
            }
            came.compact();
        }

        /** Whether there was all of one. */
        private boolean frame() throws IOException {
            if (came.remaining() < 2) {
                return false;
            }
            int length = came.get(1) & 0x7f;
            int head = length < 126 ? 2 : 4;
            if (length == 127) {
                throw new IOException("a frame larger than a terminal's");
            }
            if (came.remaining() < head) {
                return false;
            }
            length = length < 126 ? length : came.getShort(2) & 0xffff;
            if (came.remaining() < head + length) {
                return false;
            }
            int kind = came.get(0) & 0xf;
            came.position(came.position() + head);
            byte[] content = new byte[length];
            came.get(content);
            take(kind, content);
            return true;
        }

        private void take(int kind, byte[] content) throws IOException {
            if (kind == PING) {
                send(PONG, content);
            } else if (kind == TEXT) {
                String text = new String(content, StandardCharsets.UTF_8);
                joined |= text.contains("\"begin\"");
                ended |= text.contains("\"end\"");
            } else if (kind == CLOSE) {
                ended = true;
            } else if (kind == BINARY) {
                answered = true;
                shown += content.length;
                send(TEXT, ("{\"ack\":" + shown + "}").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** Takes the host and port of a Jenkins. */
    public static void main(String[] arguments) throws Exception {
        try (Selector selector = Selector.open()) {
            IdleTabs all = new IdleTabs(selector, arguments[0], Integer.parseInt(arguments[1]));
            Thread reader = new Thread(all::listen, "orders");
            reader.setDaemon(true);
            reader.start();
            while (reader.isAlive() || !all.orders.isEmpty()) {
                all.round();
            }
        }
    }

    private void listen() {
        BufferedReader said = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                orders.add(line);
                selector.wakeup();
            }
        } catch (IOException e) {
            System.err.println(e);
        }
    }

    private void round() throws IOException {
        selector.select(1000);
        for (SelectionKey key : selector.selectedKeys()) {
            Tab tab = (Tab) key.attachment();
            try {
                tab.read();
            } catch (IOException e) {
                tab.ended = true;
                key.cancel();
                tab.channel.close();
            }
        }
        selector.selectedKeys().clear();
        for (String order = orders.poll(); order != null; order = orders.poll()) {
            String[] words = order.split(" ");
            switch (words[0]) {
                case "open" -> open(words[1], words[2]);
                case "type" -> type();
                default -> tell();
            }
        }
    }

    private void open(String user, String path) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(host, port));
        String login = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
        String at = host + ":" + port;
        String ask = "GET " + path + " HTTP/1.1\r\nHost: " + at + "\r\nOrigin: http://" + at
                + "\r\nAuthorization: Basic " + login + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
        channel.write(ByteBuffer.wrap(ask.getBytes(StandardCharsets.US_ASCII)));
        StringBuilder head = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (head.indexOf("\r\n\r\n") < 0) {
            if (channel.read(one.clear()) < 0) {
                throw new EOFException(head.toString());
            }
            head.append((char) one.get(0));
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException(head.toString());
        }
        Tab tab = new Tab(channel);
        channel.configureBlocking(false).register(selector, SelectionKey.OP_READ, tab);
        tabs.add(tab);
    }

    private void type() throws IOException {
        for (Tab tab : tabs) {
            tab.answered = false;
            if (!tab.ended) {
                tab.send(BINARY, new byte[] {'\r'});
            }
        }
    }

    private void tell() {
        System.out.println(tabs.stream().filter(tab -> tab.joined).count() + " "
                + tabs.stream().filter(tab -> tab.answered).count() + " "
                + tabs.stream().filter(tab -> tab.ended).count());
    }
}
