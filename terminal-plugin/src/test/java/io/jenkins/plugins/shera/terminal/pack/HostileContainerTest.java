package io.jenkins.plugins.shera.terminal.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.oci.layer.ImageTree;
import io.jenkins.plugins.shera.oci.layer.LayerException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.localizer.LocaleProvider;

/** A container that lies about its files gets nothing written and nothing packaged. */
class HostileContainerTest {
    private static final String FILE = "81a4";

    @TempDir
    Path folder;

    private final PlayedContainer container = new PlayedContainer();

    private Changes changes() throws IOException {
        return new ChangeFinder(container, new ImageTree(), Instant.ofEpochSecond(1000)).find();
    }

    private Spool spool() throws IOException {
        return new ShellSource(container).fetch(folder, changes().changed());
    }

    /** One member of a tar archive, its checksum right, whatever its name. */
    private static byte[] member(String name, char flag, String link, String content) throws IOException {
        byte[] head = new byte[512];
        put(head, 0, name);
        put(head, 100, "0000644\0" + "0000000\0" + "0000000\0");
        put(head, 124, String.format("%011o\0", content.length()) + "00000000000\0        " + flag + link);
        put(head, 257, "ustar\00000");
        int sum = 0;
        for (byte b : head) {
            sum += b & 0xff;
        }
        put(head, 148, String.format("%06o\0 ", sum));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(head);
        out.write(java.util.Arrays.copyOf(
                content.getBytes(StandardCharsets.ISO_8859_1), (content.length() + 511) / 512 * 512));
        return out.toByteArray();
    }

    private static void put(byte[] head, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, head, at, bytes.length);
    }

    @Test
    void anArchiveWithMoreOrOtherThanAskedForIsRefused() throws Exception {
        container.lists("/app/a", FILE, 2, 2000);
        container.archive = member("../../etc/cron.d/x", '0', "", "hi");
        assertThatThrownBy(this::spool).isInstanceOf(LayerException.class).hasMessageContaining("climbs");
        container.archive = member("/app/a", '0', "", "hi");
        assertThatThrownBy(this::spool).hasMessageContaining("absolute");
        container.archive = member("./app/b", '0', "", "hi");
        assertThatThrownBy(this::spool).isInstanceOf(PackException.class).hasMessageContaining("was not asked for");
        container.archive = member("./app/a", '2', "/etc/shadow", "");
        assertThatThrownBy(this::spool).hasMessageContaining("of another kind");
        container.archive = member("./app/a", '1', "etc/shadow", "");
        assertThatThrownBy(this::spool).hasMessageContaining("a link to what is not in it");
        container.archive = member("./app/a", '3', "", "");
        assertThatThrownBy(this::spool).hasMessageContaining("of another kind");
    }

    @Test
    void aFileThatChangesWhileItIsReadIsSaid() throws Exception {
        container.lists("/app/a", FILE, 2, 2000);
        container.archive = member("./app/a", '0', "", "longer");
        assertThatThrownBy(this::spool).hasMessageContaining("/app/a changed while it was read");
        container.archive = new byte[1024];
        assertThatThrownBy(this::spool).hasMessageContaining("/app/a changed while it was read");
        container.tarCode = 1;
        container.errors = "tar: ./app/a: file changed as we read it";
        assertThatThrownBy(this::spool).hasMessageContaining("file changed as we read it");
    }

    @Test
    void anArchiveWithoutEndIsCutOff() throws Exception {
        container.lists("/app/a", FILE, 2, 2000);
        container.archive = new byte[4 << 20];
        assertThatThrownBy(this::spool).hasMessageContaining("bytes where fewer were expected");
    }

    @Test
    void aListThatIsDamagedOrLeadsOutIsRefused() throws Exception {
        for (String bad : List.of("x\0", "2\0a b\0/c\0", "1\0nonsense\0/c\0", "999999999\0a\0/b\0", "0\0\0/x\0")) {
            container.listing = bad.getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(this::changes).as(bad).isInstanceOf(PackException.class);
        }
        container.listing = new byte[0];
        container.lists("/a/../../b", FILE, 1, 2000);
        assertThatThrownBy(this::changes).hasMessageContaining("climbs");
        container.listing = new byte[0];
        container.lists("/app/.wh.passwd", FILE, 1, 2000);
        assertThatThrownBy(this::changes).hasMessageContaining("means a deletion");
        container.listing = "1\0".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(this::changes).isInstanceOf(PackException.class);
        container.listing = new byte[] {
            '1', 0, '1', ' ', '8', '1', 'a', '4', ' ', '0', ' ', '0', ' ', '1', ' ', '1', 0, '/', (byte) 0xff, 0
        };
        assertThatThrownBy(this::changes).hasMessageContaining("not UTF-8");
    }

    @Test
    void volumesSocketsAndDevicesAreNeverChosen() throws Exception {
        container
                .lists("/mnt/my disk/data", FILE, 1, 2000)
                .lists("/proc/1", FILE, 1, 2000)
                .lists("/app/socket", "c1ed", 0, 2000)
                .lists("/app/zero", "21b6", 0, 2000)
                .lists("/app/a", FILE, 1, 2000);
        Changes changes = changes();
        assertThat(changes.changed().keySet()).containsExactly("app/a");
        assertThat(changes.others()).containsExactly("app/socket", "app/zero");
        container.mounts = "nonsense";
        assertThatThrownBy(this::changes).hasMessageContaining("volumes could not be kept out");
    }

    @Test
    void manyFilesGoInSeveralArchives() throws Exception {
        container.archive = new byte[0];
        for (int i = 0; i < 3000; i++) {
            container.lists("/app/" + "x".repeat(40) + i, FILE, 0, 2000);
        }
        assertThat(changes().changed()).hasSize(3000);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aMillionChangedFilesAreRefusedWithoutKeepingThem() {
        PlayedContainer million = new PlayedContainer() {
            @Override
            public Ended run(List<String> command, OutputStream output) throws IOException {
                if (!command.get(0).equals("sh")) {
                    return super.run(command, output);
                }
                for (int i = 0; i < 1_000_000; i++) {
                    output.write(("1\0" + "2000 81a4 0 0 1 2000\0/app/" + i + "\0").getBytes(StandardCharsets.UTF_8));
                }
                return new Ended(0, "");
            }
        };
        assertThatThrownBy(() -> new ChangeFinder(million, new ImageTree(), Instant.ofEpochSecond(1000)).find())
                .isInstanceOf(PackException.class)
                .hasMessageContaining("200");
    }

    @Test
    void aFileOfTenGigabytesIsRefusedBeforeItIsRead() throws Exception {
        container.lists("/app/huge", FILE, 10L << 30, 2000);
        container.archive = null;
        Choice all = Choice.everything(changes());
        assertThat(all.bytes()).isEqualTo(10L << 30);
        assertThatThrownBy(() -> new ContainerPackager(container, null, line -> {})
                        .pack(all, new PackOrder("t", new Hand("", "", Instant.EPOCH)), null))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("bytes");
    }

    @Test
    void secretsAreFoundAndMaskedInPlace() throws Exception {
        Path file = folder.resolve("conf");
        String key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEabc\n-----END RSA PRIVATE KEY-----";
        String text =
                "name: shop\nurl: postgres://app:hunter2@db/x\napi_key = \"abcdef123456\"\npassword: ${DB_PASSWORD}\n"
                        + "aws AKIAABCDEFGHIJKLMNOP\n" + key + "\nend\n";
        Files.writeString(file, text);
        List<SecretFinding> found = SecretScan.inside("etc/conf", file, true);
        assertThat(found).extracting(SecretFinding::line).containsExactlyInAnyOrder(2, 3, 5, 6);
        String masked = Files.readString(file);
        assertThat(masked)
                .hasSameSizeAs(text)
                .contains("postgres://app:*******@db/x", "password: ${DB_PASSWORD}", "end");
        assertThat(masked).doesNotContain("hunter2", "abcdef", "AKIA", "MIIE");
        assertThat(SecretScan.inside("etc/conf", file, false)).isEmpty();
        for (String name :
                List.of("root/.ssh/id_rsa", ".bash_history", "etc/shadow", "x/.docker/config.json", "a/b.p12")) {
            assertThat(SecretScan.byName(name)).as(name).isPresent();
        }
        assertThat(SecretScan.byName("etc/passwd")).isEmpty();
        assertThatThrownBy(() -> new PackOrder("t", new Hand("", "", Instant.EPOCH)).env("DB_PASSWORD", "hunter22"))
                .hasMessageNotContaining("hunter22")
                .hasMessageContaining("DB_PASSWORD");
    }

    @Test
    void readySetsAndPathsChooseWhatTheySay() throws Exception {
        container
                .lists("/etc/motd", FILE, 1, 2000)
                .lists("/app/shop.YAML", FILE, 1, 2000)
                .lists("/app/shop.jar", FILE, 5, 2000)
                .lists("/var/cache/x.conf", FILE, 1, 2000);
        Changes changes = changes();
        assertThat(Choice.configOnly(changes).files().keySet()).containsExactly("app/shop.YAML", "etc/motd");
        assertThat(Choice.everything(changes).bytes()).isEqualTo(8);
        assertThat(Choice.paths(changes, List.of("/app/", "/etc/motd")).files().keySet())
                .containsExactly("app/shop.YAML", "app/shop.jar", "etc/motd");
        assertThatThrownBy(() -> Choice.paths(changes, List.of("/app", "/ap")))
                .hasMessageContaining("Nothing is changed at /ap,");
    }

    @Test
    void anExcludedFolderTakesAllBelowItAndNothingBeside() throws Exception {
        container
                .lists("/app/old/a", FILE, 1, 2000)
                .lists("/app/old-b", FILE, 1, 2000)
                .lists("/etc/motd", FILE, 1, 2000);
        Choice rest = Choice.everything(changes()).excluding(List.of("/app/old", "/etc/mot"));
        assertThat(rest.files().keySet()).containsExactly("app/old-b", "etc/motd");
    }

    @Test
    void aListOfAContainerThatWasReplacedMeanwhileIsRefusedInTheReadersLanguage() throws Exception {
        container.lists("/etc/motd", FILE, 1, 2000).replaced = true;
        LocaleProvider before = LocaleProvider.getProvider();
        try {
            assertThatThrownBy(this::changes).isInstanceOf(PackException.class).satisfies(refused -> {
                speak(Locale.ENGLISH);
                assertThat(refused).hasMessageContaining("shop/pod/main is not the one that was looked at");
                speak(Locale.SIMPLIFIED_CHINESE);
                assertThat(refused).hasMessageContaining("\u5df2\u4e0d\u662f\u4e4b\u524d");
            });
        } finally {
            LocaleProvider.setProvider(before);
        }
    }

    private static void speak(Locale locale) {
        LocaleProvider.setProvider(new LocaleProvider() {
            @Override
            public Locale get() {
                return locale;
            }
        });
    }
}
