package io.jenkins.plugins.shera.kubeng.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.model.RouteTls;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import io.jenkins.plugins.shera.nginx.tls.TestCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShelfTest {
    @TempDir
    Path folder;

    private final List<String> asked = new ArrayList<>();

    @Test
    void keepsWhatItFetchedEncryptedForTimesWithoutJenkins() throws Exception {
        TestCertificate made = TestCertificate.of("shop.example.com");
        shelf(made).of(routes(made));

        Shelf<CertificatePair> alone = Shelf.ofCertificates(folder.resolve("c"), version -> {
            throw new IOException("Jenkins is away");
        });

        assertThat(alone.of(routes(made))).singleElement().satisfies(pair -> assertThat(pair.key())
                .isEqualTo(made.key()));
        assertThat(asked).hasSize(1);
        try (Stream<Path> files = Files.list(folder.resolve("c"))) {
            assertThat(files.toList()).hasSize(2).allSatisfy(file -> {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .doesNotContain(made.secret(), "PRIVATE");
            });
        }
    }

    @Test
    void fetchesAnewWhatSomebodyChanged() throws Exception {
        TestCertificate made = TestCertificate.of("shop.example.com");
        shelf(made).of(routes(made));
        Path file = folder.resolve("c").resolve(made.pair().version());
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        assertThat(shelf(made).of(routes(made))).hasSize(1);

        assertThat(asked).hasSize(2);
    }

    @Test
    void takesNothingThatTheDocumentDoesNotName() throws Exception {
        TestCertificate named = TestCertificate.of("shop.example.com");
        TestCertificate other = TestCertificate.of("shop.example.com");

        assertThatThrownBy(() -> shelf(other).of(routes(named)))
                .hasMessage("Jenkins gave another certificate than the one that the document names.");
        assertThatThrownBy(() ->
                        Shelf.ofCertificates(folder, version -> new byte[0]).of(routes(named)))
                .hasMessageStartingWith("Jenkins gave a certificate that cannot be used: ");
    }

    @Test
    void forgetsWhatNoRouteShows() throws Exception {
        TestCertificate made = TestCertificate.of("shop.example.com");
        Shelf<CertificatePair> shelf = shelf(made);
        shelf.of(routes(made));

        shelf.keepOnly(RouteSet.of(List.of()));

        assertThat(folder.resolve("c").resolve(made.pair().version())).doesNotExist();
    }

    private Shelf<CertificatePair> shelf(TestCertificate given) {
        return Shelf.ofCertificates(folder.resolve("c"), version -> {
            asked.add(version);
            return (given.chain() + given.key()).getBytes(StandardCharsets.US_ASCII);
        });
    }

    private static RouteSet routes(TestCertificate shown) throws Exception {
        RouteTls tls = new RouteTls("retail/shop", shown.pair().version(), 443, 0, 0, false, RouteTls.Http2.OFF);
        return RouteSet.of(List.of(Route.of(
                        RouteOwner.of("retail", "shop", "dev"),
                        "shop.example.com",
                        80,
                        "/",
                        List.of(Member.of("10.0.0.1", 80, 1)))
                .over(tls)));
    }
}
