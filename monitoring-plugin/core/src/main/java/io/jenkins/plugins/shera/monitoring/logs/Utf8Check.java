package io.jenkins.plugins.shera.monitoring.logs;

import java.io.IOException;

/** Lets whole UTF-8 sequences through and puts U+FFFD for each byte of a broken one (Unicode 15, table 3-7; as Go does). */
final class Utf8Check {

    private final byte[] held = new byte[4];
    private int have;
    private int need;
    private int least;
    private int most;

    void reset() {
        have = 0;
    }

    boolean isIdle() {
        return have == 0;
    }

    void put(byte each, DockerDecoder to, LogSink sink) throws IOException {
        int value = each & 0xFF;
        if (have > 0) {
            if (value >= least && value <= most) {
                held[have++] = each;
                least = 0x80;
                most = 0xBF;
                if (have == need) {
                    for (int i = 0; i < need; i++) {
                        to.emit(held[i], sink);
                    }
                    have = 0;
                }
                return;
            }
            end(to, sink);
        }
        if (value < 0x80) {
            to.emit(each, sink);
        } else if (begins(value)) {
            held[0] = each;
            have = 1;
        } else {
            to.replace(sink);
        }
    }

    private boolean begins(int value) {
        least = 0x80;
        most = 0xBF;
        if (value >= 0xC2 && value <= 0xDF) {
            need = 2;
        } else if (value >= 0xE0 && value <= 0xEF) {
            need = 3;
            least = value == 0xE0 ? 0xA0 : 0x80;
            most = value == 0xED ? 0x9F : 0xBF;
        } else if (value >= 0xF0 && value <= 0xF4) {
            need = 4;
            least = value == 0xF0 ? 0x90 : 0x80;
            most = value == 0xF4 ? 0x8F : 0xBF;
        } else {
            return false;
        }
        return true;
    }

    /** What was begun stays unfinished. */
    void end(DockerDecoder to, LogSink sink) throws IOException {
        for (int i = 0; i < have; i++) {
            to.replace(sink);
        }
        have = 0;
    }
}
