package io.jenkins.plugins.shera.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every bundle speaks the same of three languages: same keys, same places to fill in, plain ASCII files. */
class BundlesTest {

    private static final Path RESOURCES = Path.of("src", "main", "resources");
    private static final Pattern PLACE = Pattern.compile("\\{[0-9]+");

    static List<Path> english() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(file -> file.toString().endsWith(".properties"))
                    .filter(file -> !file.toString().matches(".*_[a-z]{2}(_[A-Z]{2})?\\.properties"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("english")
    void speaksThreeLanguages(Path english) throws IOException {
        Properties expected = read(english);
        for (String suffix : List.of("_zh_CN", "_zh_TW")) {
            Path translation = english.resolveSibling(
                    english.getFileName().toString().replace(".properties", suffix + ".properties"));
            Properties actual = read(translation);
            assertThat(actual.stringPropertyNames())
                    .as(translation.toString())
                    .containsExactlyInAnyOrderElementsOf(expected.stringPropertyNames());
            for (String key : expected.stringPropertyNames()) {
                assertThat(places(actual.getProperty(key)))
                        .as(translation + " " + key)
                        .isEqualTo(places(expected.getProperty(key)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("english")
    void writesOneQuoteAsTwoWhereMessageFormatReadsIt(Path english) throws IOException {
        if (english.getFileName().toString().equals("Messages.properties")) {
            Properties texts = read(english);
            for (String key : texts.stringPropertyNames()) {
                assertThat(texts.getProperty(key).replace("''", "")).as(key).doesNotContain("'");
            }
        }
    }

    private static Properties read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (byte each : bytes) {
            assertThat(each).as("ASCII in " + file).isBetween((byte) 9, (byte) 126);
        }
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        }
        assertThat(new String(bytes, StandardCharsets.US_ASCII).lines().filter(line -> line.matches("[A-Za-z].*=.*")))
                .as("no key twice in " + file)
                .hasSize(properties.size());
        return properties;
    }

    private static Set<String> places(String text) {
        Set<String> places = new HashSet<>();
        Matcher matcher = PLACE.matcher(text);
        while (matcher.find()) {
            places.add(matcher.group());
        }
        return places;
    }
}
