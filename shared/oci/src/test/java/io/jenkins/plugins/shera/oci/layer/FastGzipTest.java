package io.jenkins.plugins.shera.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FastGzipTest {
    private static byte[] packed(byte[] content, int stride) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (FastGzip gzip = new FastGzip(out)) {
            for (int at = 0; at < content.length; at += stride) {
                gzip.write(content, at, Math.min(stride, content.length - at));
            }
        }
        return out.toByteArray();
    }

    /** Neither all the same nor all different, and repeated beyond the end of a piece. */
    private static byte[] content(int length) {
        byte[] content = new byte[length];
        Random random = new Random(length);
        for (int i = 0; i < length; i++) {
            content[i] = i % 3 == 0 ? (byte) random.nextInt() : (byte) (i >> 5);
        }
        return content;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 131_071, 131_072, 131_073, 262_144, 1_500_000})
    void isGzipAndDoesNotDependOnHowItIsWritten(int length) throws IOException {
        byte[] content = content(length);

        byte[] packed = packed(content, 65_536);

        assertThat(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes())
                .isEqualTo(content);
        assertThat(packed(content, 999)).isEqualTo(packed);
    }

    @Test
    void piecesPointIntoTheOneBefore() throws IOException {
        byte[] line = content(20_000);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < 100; i++) {
            all.write(line);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(whole) {
            {
                def.setLevel(Deflater.BEST_SPEED);
            }
        }) {
            all.writeTo(gzip);
        }

        assertThat(packed(all.toByteArray(), 65_536)).hasSizeLessThan(whole.size() * 102 / 100 + 1);
    }

    @Test
    void whatIsPackedAlreadyGoesAsItIsAndTheRestIsPacked() throws IOException {
        byte[] random = new byte[300_000];
        new Random(1).nextBytes(random);
        byte[] text = content(300_000);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(random);
        all.write(text);
        all.write(random);

        byte[] packed = packed(all.toByteArray(), 10_000);

        assertThat(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes())
                .isEqualTo(all.toByteArray());
        assertThat(packed).hasSizeBetween(600_000, 600_000 + packed(text, 10_000).length + 60_000);
        assertThat(packed(random, 10_000)).hasSizeLessThan(300_200);
    }

    @Test
    void anInterruptedBuildEndsAndSaysSo() throws IOException {
        FastGzip gzip = new FastGzip(OutputStream.nullOutputStream());
        gzip.write(content(400_000));
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(gzip::close).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }
}
