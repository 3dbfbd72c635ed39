package io.jenkins.plugins.shera.kubeng.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.nginx.intent.IntendedRoute;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.render.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The power goes between two files of one change: daemon and nginx are gone at once, and what lies on the disk is all there is. */
@Tag("slow")
class DaemonKilledTest extends DaemonRig {
    /** Milliseconds after the first file of a change was seen. */
    private static final List<Integer> MOMENTS = List.of(0, 30);

    @Test
    void whatIsServedAfterwardsIsTheOldOrTheNewAndTheDaemonGoesOn() throws Exception {
        Process daemon = process();
        int stood = backend("0");
        send(Intent.ofRoutes("edge", 1, both(stood)));
        soon().until(() -> served().equals("0 0"));
        for (int i = 0; i < MOMENTS.size(); i++) {
            String before = String.valueOf(i);
            String after = String.valueOf(i + 1);
            int backend = backend(after);
            TreeSet<String> files = files();
            send(Intent.ofRoutes("edge", i + 2L, both(backend)));
            while (files().equals(files)) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            TimeUnit.MILLISECONDS.sleep(MOMENTS.get(i));
            daemon.destroyForcibly().waitFor();
            nginx.close();
            nginx.again();

            assertThat(served()).isIn(before + " " + before, after + " " + after);
            Path current = folder.resolve("routes/current");
            assertThat(Files.readString(current.resolve("version.conf")))
                    .contains(Fingerprint.of(Files.readAllBytes(current.resolve("routes.conf"))));
            daemon = process();
            soon().until(() -> served().equals(after + " " + after));
        }
    }

    private List<IntendedRoute> both(int backend) throws Exception {
        return List.of(route("shop", nginx.port(), at(backend)), route("cart", nginx.port(), at(backend)));
    }

    private String served() throws Exception {
        return ask("shop.example.com") + " " + ask("cart.example.com");
    }

    private TreeSet<String> files() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(folder.resolve("routes"))) {
            tree.forEach(found::add);
        } catch (UncheckedIOException e) {
            // Something was tidied away in between, which is a change as well.
            return new TreeSet<>();
        }
        return new TreeSet<>(found.stream().map(Path::toString).toList());
    }
}
