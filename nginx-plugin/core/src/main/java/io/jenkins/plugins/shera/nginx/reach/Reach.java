package io.jenkins.plugins.shera.nginx.reach;

import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.reach.Unreached.Why;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Tries TCP connections to members of upstreams, which are closed at once: nothing is asked or sent. */
public final class Reach {
    /** More than this are not tried at once. */
    public static final int MOST = 200;

    private static final int TOGETHER = 50;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

    private Reach() {}

    /** Those of the first {@link #MOST} addresses that are not reached, with the reason; takes four seconds at most. */
    public static Map<String, Why> unreached(Collection<Member> members) throws IOException {
        Map<String, Member> distinct = new TreeMap<>();
        for (Member member : members) {
            if (distinct.size() < MOST) {
                distinct.putIfAbsent(member.authority(), member);
            }
        }
        List<Member> all = List.copyOf(distinct.values());
        Map<String, Why> unreached = new TreeMap<>();
        for (int from = 0; from < all.size(); from += TOGETHER) {
            some(all.subList(from, Math.min(all.size(), from + TOGETHER)), unreached);
        }
        return unreached;
    }

    private static void some(List<Member> members, Map<String, Why> unreached) throws IOException {
        try (Selector selector = Selector.open()) {
            try {
                for (Member member : members) {
                    begin(selector, member, unreached);
                }
                long end = System.nanoTime() + PATIENCE;
                boolean waiting = !selector.keys().isEmpty();
                for (long left = PATIENCE; left > 0 && waiting; left = end - System.nanoTime()) {
                    selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
                    for (SelectionKey key : selector.selectedKeys()) {
                        finish(key, unreached);
                    }
                    selector.selectedKeys().clear();
                    waiting = selector.keys().stream().anyMatch(SelectionKey::isValid);
                }
                selector.keys().stream()
                        .filter(SelectionKey::isValid)
                        .forEach(key -> unreached.put((String) key.attachment(), Why.SILENT));
            } finally {
                for (SelectionKey key : selector.keys()) {
                    key.channel().close();
                }
            }
        }
    }

    private static void begin(Selector selector, Member member, Map<String, Why> unreached) throws IOException {
        SocketChannel channel = SocketChannel.open();
        boolean waits = false;
        try {
            channel.configureBlocking(false);
            // An address, never a name: nothing is asked of DNS.
            if (!channel.connect(new InetSocketAddress(InetAddress.getByName(member.address()), member.port()))) {
                channel.register(selector, SelectionKey.OP_CONNECT, member.authority());
                waits = true;
            }
        } catch (IOException e) {
            unreached.put(member.authority(), why(e));
        } finally {
            if (!waits) {
                channel.close();
            }
        }
    }

    private static void finish(SelectionKey key, Map<String, Why> unreached) throws IOException {
        try {
            ((SocketChannel) key.channel()).finishConnect();
        } catch (IOException e) {
            unreached.put((String) key.attachment(), why(e));
        } finally {
            key.cancel();
            key.channel().close();
        }
    }

    private static Why why(IOException e) {
        return e instanceof ConnectException && String.valueOf(e.getMessage()).contains("refused")
                ? Why.REFUSED
                : e instanceof ConnectException
                                && String.valueOf(e.getMessage()).contains("timed out")
                        ? Why.SILENT
                        : Why.NO_WAY;
    }
}
