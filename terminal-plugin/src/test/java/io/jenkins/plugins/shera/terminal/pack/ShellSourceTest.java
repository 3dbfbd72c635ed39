package io.jenkins.plugins.shera.terminal.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of this machine, brought out by the commands that run in a container: by GNU tar, and by that of busybox. */
class ShellSourceTest {
    @TempDir
    Path folder;

    /** A shell of this machine, with another tar where one is given. */
    private record Here(List<String> tar) implements ContainerShell {
        @Override
        public Ended run(List<String> command, OutputStream output) throws IOException {
            java.util.ArrayList<String> words = new java.util.ArrayList<>(command);
            if (words.get(0).equals("tar")) {
                words.remove(0);
                words.addAll(0, tar);
            }
            Process process = new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getInputStream().transferTo(output);
            try {
                return new Ended(process.waitFor(), "");
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void confirm() {
            // It is always this machine.
        }
    }

    @Test
    void whatTarGivesOfAttributesIsKeptAndElseItIsSaid() throws Exception {
        Path program = Files.writeString(folder.resolve("ping"), "x");
        boolean set = new ProcessBuilder("setcap", "cap_net_raw+ep", program.toString())
                        .redirectErrorStream(true)
                        .start()
                        .waitFor()
                == 0;
        Assumptions.assumeTrue(set, "this machine's user or file system gives no program rights of its own");
        String name = program.toString().substring(1);
        Map<String, ContainerFile> wanted = Map.of(name, new ContainerFile(name, 0100755, 0, 0, 1, 0, 0));

        ShellSource gnu = new ShellSource(new Here(List.of("tar")));
        Spool spool = gnu.fetch(Files.createDirectory(folder.resolve("gnu")), wanted);
        assertThat(spool.entries().get(name).attributes()).containsOnlyKeys("security.capability");
        assertThat(gnu.remarks()).isEmpty();

        ShellSource busybox = new ShellSource(new Here(List.of("busybox", "tar")));
        spool = busybox.fetch(Files.createDirectory(folder.resolve("busybox")), wanted);
        assertThat(spool.entries().get(name).attributes()).isEmpty();
        assertThat(busybox.remarks()).hasSize(1);
        assertThat(busybox.remarks().get(0).toString()).contains("getcap");
    }
}
