package io.jenkins.plugins.shera.nginx.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** As much of DER as a certificate needs. */
final class Der {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Der() {}

    static byte[] of(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        return of(0x30, parts);
    }

    static byte[] integer(long value) {
        return of(0x02, BigInteger.valueOf(value).toByteArray());
    }

    static byte[] oid(int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return of(0x06, content);
    }

    static byte[] time(Instant at) {
        return of(0x18, TIME.format(at).getBytes(StandardCharsets.US_ASCII));
    }

    /** A distinguished name of one common name. */
    static byte[] name(String common) {
        return sequence(of(0x31, sequence(oid(0x55, 4, 3), of(0x0c, common.getBytes(StandardCharsets.UTF_8)))));
    }

    static byte[] bits(byte[] content) {
        return of(0x03, new byte[] {0}, content);
    }
}
