package io.jenkins.plugins.shera.platform.support;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip of text files, each without secrets; a part that fails says so in its file and takes none of the others along. */
public final class SupportBundle {
    private SupportBundle() {}

    /** One file: its name in the zip, and who writes it. */
    public record Part(String name, Content content) {}

    /** Writes the text of a part. */
    public interface Content {
        /** Writes it all; what it throws stands in the file. */
        void write(Writer to) throws IOException;
    }

    /** Writes the zip and leaves the stream open. */
    public static void write(OutputStream out, List<Part> parts, Redaction redaction) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        for (Part part : parts) {
            zip.putNextEntry(new ZipEntry("shera-support/" + part.name()));
            zip.write(redaction.of(text(part)).getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        zip.finish();
        zip.flush();
    }

    private static String text(Part part) {
        StringWriter text = new StringWriter();
        try {
            part.content().write(text);
        } catch (IOException | RuntimeException e) {
            text.append("\nThis could not be read: ").append(String.valueOf(e)).append('\n');
        }
        return text.toString();
    }
}
