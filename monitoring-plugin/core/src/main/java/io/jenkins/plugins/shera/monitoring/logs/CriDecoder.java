package io.jenkins.plugins.shera.monitoring.logs;

import java.io.IOException;

/** Leaves out time, stream and tags; ends a line unless its tag says that it goes on. */
final class CriDecoder implements RecordDecoder {

    private static final int HEAD_FIELDS = 3;
    private static final byte[] LINE_FEED = {'\n'};

    private int spaces;
    private boolean partial;
    private boolean tagBegins;

    @Override
    public void reset() {
        spaces = 0;
        partial = false;
        tagBegins = false;
    }

    @Override
    public void feed(byte[] bytes, int from, int to, LogSink sink) throws IOException {
        int at = from;
        while (at < to && spaces < HEAD_FIELDS) {
            byte each = bytes[at++];
            if (each == ' ') {
                spaces++;
                tagBegins = spaces == HEAD_FIELDS - 1;
            } else if (tagBegins) {
                partial = each == 'P';
                tagBegins = false;
            }
        }
        if (at < to) {
            sink.content(bytes, at, to - at);
        }
    }

    @Override
    public void finish(LogSink sink) throws IOException {
        if (!partial) {
            sink.content(LINE_FEED, 0, 1);
        }
    }
}
