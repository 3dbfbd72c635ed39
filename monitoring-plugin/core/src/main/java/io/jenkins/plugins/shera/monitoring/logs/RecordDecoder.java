package io.jenkins.plugins.shera.monitoring.logs;

import java.io.IOException;

/** Takes the bytes of one record, in pieces where it is long, and gives on what the program had written. */
interface RecordDecoder {

    /** A new record begins. */
    void reset();

    /** More bytes of the record, without the line feed that ends it. */
    void feed(byte[] bytes, int from, int to, LogSink sink) throws IOException;

    /** No more bytes of this record. */
    void finish(LogSink sink) throws IOException;
}
