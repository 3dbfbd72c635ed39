package io.jenkins.plugins.shera.oci.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
    private static final String DIGEST = "sha256:" + "a1".repeat(32);

    @Test
    void takesANameApart() {
        ImageReference reference = ImageReference.parse("registry.example.org:5000/shop/cart__x:1.0@" + DIGEST);

        assertThat(reference.domain()).hasValue("registry.example.org:5000");
        assertThat(reference.repository()).isEqualTo("shop/cart__x");
        assertThat(reference.tag()).hasValue("1.0");
        assertThat(reference.digest()).hasValue(Digest.parse(DIGEST));
        assertThat(reference.target()).isEqualTo(DIGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cart",
                "shop/cart",
                "shop/cart:1.0",
                "localhost/cart",
                "localhost:5000/a/b/c:x",
                "[::1]:5000/cart:x",
                "a.b/c"
            })
    void givesBackWhatItRead(String text) {
        assertThat(ImageReference.parse(text)).hasToString(text);
    }

    @Test
    void takesNoFirstPartForARegistryThatDoesNotLookLikeOne() {
        assertThat(ImageReference.parse("shop/cart").domain()).isEmpty();
        assertThat(ImageReference.parse("shop/cart").target()).isEqualTo("latest");
    }

    @Test
    void tellsWhatIsWrongWithAName() {
        refuses("", "An image name is missing: give it as repository:tag, e.g. shop/cart:1.0.");
        refuses("Shop", "'Shop' is not an image name: a repository is written in lower case.");
        refuses(
                "shop//cart",
                "'shop//cart' is not an image name: its part '' is not made of lower-case letters and digits, joined by '.',"
                        + " '_', '__' or '-'.");
        refuses("cart:-x", "'-x' is not a tag: 1 to 128 letters, digits, '_', '.' or '-', the first no '.' or '-'.");
        refuses(
                "cart@sha256:12",
                "'sha256:12' is not a digest: it is sha256: and 64, or sha512: and 128, lower-case hexadecimal digits.");
        refuses("a..b/cart", "'a..b' is not a registry: it is host or host:port, e.g. registry.example.org:5000.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "-x/cart",
                "cart;id",
                "cart\nx",
                "cart\u0000",
                "../cart",
                "/cart",
                "cart/",
                "a/../b",
                "cart:a/b",
                "http://host/cart",
                "cart:",
                "cart@",
                "host:99999999/cart",
                "$(id)/cart",
                "cart:x y",
                "ca\u202ert"
            })
    void refusesHostileNames(String text) {
        assertThatThrownBy(() -> ImageReference.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesEndlessNamesAtOnce() {
        assertThatThrownBy(() -> ImageReference.parse("a".repeat(10_000_000)))
                .hasMessageEndingWith("is not an image name: it is longer than 600 characters.");
        assertThatThrownBy(() -> ImageReference.parse("a_".repeat(127) + "!"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void spellsControlCharactersOutInMessages() {
        assertThatThrownBy(() -> ImageReference.checkTag("x\u001b[31m"))
                .hasMessageStartingWith("'x\\u001b[31m' is not");
    }

    private static void refuses(String text, String message) {
        assertThatThrownBy(() -> ImageReference.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
