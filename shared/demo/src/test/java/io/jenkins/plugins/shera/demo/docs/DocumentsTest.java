package io.jenkins.plugins.shera.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocumentsTest {
    private static final Path PROJECT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final Path DOCS = PROJECT.resolve("docs");

    @Test
    void everyLinkLeadsToAFileAndItsHeading() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path file : documents()) {
            Document document = Document.read(file);
            for (String link : document.links()) {
                String path = link.replaceFirst("#.*", "");
                String anchor = link.contains("#") ? link.substring(link.indexOf('#') + 1) : "";
                Path target = path.isEmpty() ? file : file.resolveSibling(path).normalize();
                if (!Files.exists(target)
                        || !anchor.isEmpty()
                                && target.toString().endsWith(".md")
                                && !Document.read(target).anchors().contains(anchor)) {
                    dead.add(PROJECT.relativize(file) + ": " + link);
                }
            }
        }

        assertThat(dead).isEmpty();
    }

    @Test
    void traditionalChineseHasEveryDocumentOfSimplifiedChinese() throws IOException {
        assertThat(names(DOCS.resolve("zh_TW"))).isEqualTo(names(DOCS.resolve("zh")));
        for (String name : names(DOCS.resolve("zh"))) {
            assertThat(Document.read(DOCS.resolve("zh_TW").resolve(name)).depths())
                    .as("the headings of docs/zh_TW/" + name)
                    .isEqualTo(Document.read(DOCS.resolve("zh").resolve(name)).depths());
        }
    }

    @Test
    void everyGuideIsThereInChinese() throws IOException {
        Set<String> own = Set.of(
                "architecture.md", "benchmarks.md", "harness-pipeline.md", "harness.md", "rest.md", "verified.md");
        Set<String> guides = names(DOCS);
        guides.removeAll(own);

        assertThat(names(DOCS.resolve("zh"))).containsAll(guides);
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".md"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> own = Files.list(PROJECT);
                Stream<Path> docs = Files.walk(DOCS)) {
            return Stream.concat(own, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }
}
