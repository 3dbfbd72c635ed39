package io.jenkins.plugins.shera.monitoring.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which alerts were told of already, in a file, so that a repetition is none after a restart either; the oldest are forgotten first. */
public final class SeenNotices {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST = 5000;

    private final Path file;
    private Map<String, String> last;

    /** Read when it is first asked. */
    public SeenNotices(Path file) {
        this.file = file;
    }

    /** Whether nobody heard of it in this state; the end of what nobody heard of is no news. */
    public synchronized boolean isNews(Notice notice) throws IOException {
        String known = all().get(notice.fingerprint());
        if (known == null) {
            return notice.isFiring();
        }
        if (!notice.isFiring()) {
            return known.startsWith("firing");
        }
        return !known.equals(state(notice));
    }

    /** It was told of. */
    public synchronized void remember(Notice notice) throws IOException {
        Map<String, String> all = all();
        all.remove(notice.fingerprint());
        all.put(notice.fingerprint(), state(notice));
        Iterator<String> oldest = all.keySet().iterator();
        while (all.size() > MOST) {
            oldest.next();
            oldest.remove();
        }
        write(all);
    }

    /** An alert that begins again is another one, an alert that goes on is the same. */
    private static String state(Notice notice) {
        return notice.status() + " " + notice.from();
    }

    private Map<String, String> all() throws IOException {
        if (last == null) {
            Map<String, String> read = new LinkedHashMap<>();
            try {
                JsonNode root = JSON.readTree(Files.readAllBytes(file));
                root.fields()
                        .forEachRemaining(
                                each -> read.put(each.getKey(), each.getValue().asText()));
            } catch (NoSuchFileException e) {
                // Nothing was told of yet.
            }
            last = read;
        }
        return last;
    }

    private void write(Map<String, String> all) throws IOException {
        Path folder = file.getParent();
        if (folder == null) {
            throw new IllegalArgumentException("it lies in a folder: " + file);
        }
        Files.createDirectories(folder);
        ObjectNode root = JSON.createObjectNode();
        all.forEach(root::put);
        Path beside = Files.createTempFile(folder, ".seen", ".new");
        try {
            Files.write(beside, JSON.writeValueAsBytes(root));
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
