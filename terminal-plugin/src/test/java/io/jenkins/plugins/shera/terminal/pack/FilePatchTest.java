package io.jenkins.plugins.shera.terminal.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Patches that git and patch of this machine take, whatever the ends of files. */
class FilePatchTest {
    @TempDir
    Path folder;

    private void applies(String name, String before, String after) throws Exception {
        String patch = FilePatch.of(name, before, after, 0755);
        for (String[] tool : new String[][] {{"git", "apply", "-"}, {"patch", "-p1", "-s"}}) {
            Path root = Files.createTempDirectory(folder, "tree");
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            if (before != null) {
                Files.writeString(file, before);
            }
            Process process = new ProcessBuilder(tool)
                    .directory(root.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().write(patch.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor())
                    .as(tool[0] + ": " + said + "\n" + patch)
                    .isZero();
            if (after == null) {
                assertThat(file).as(tool[0]).doesNotExist();
            } else {
                assertThat(file).as(tool[0]).hasContent(after);
                assertThat(Files.readString(file)).isEqualTo(after);
            }
        }
    }

    @Test
    void gitAndPatchTakeThem() throws Exception {
        StringBuilder old = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            old.append("line ").append(i).append('\n');
        }
        String now = old.toString().replace("line 3\n", "line three\nmore\n").replace("line 30\n", "") + "end";
        applies("app/shop.conf", old.toString(), now);
        applies("app/shop.conf", now, old.toString());
        applies("app/a b \u6587.txt", "one\n", "two");
        applies("app/x", "one", "one\n");
        applies("app/new", null, "one\ntwo\n");
        applies("app/new", null, "one");
        applies("app/old", "one\r\ntwo\r\n", null);
        applies("app/old", "one\n", "");
        applies("app/old", "", "-- one\n++ two\n");
        applies("app/sql", "-- one\n++ two\nend\n", "++ one\n-- two\nend\n");
        assertThat(FilePatch.of("x", "one\nend\n", "two\nend\n", 0644)).endsWith("-one\n+two\n end\n");
    }
}
