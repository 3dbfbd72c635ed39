package io.jenkins.plugins.shera.demo.hpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Views use tags that Jenkins has, keep to its content policy, and speak three languages. */
class ViewsTest {
    private static final List<String> LANGUAGES = List.of("", "_zh_CN", "_zh_TW");

    static List<BuiltPlugin> plugins() throws IOException {
        return BuiltPlugin.all();
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void usesTagsAndAttributesThatJenkinsHas(BuiltPlugin plugin) throws Exception {
        Map<String, Set<String>> known = knownTags();
        for (var view : plugin.texts(".jelly").entrySet()) {
            for (Element element : elements(view.getValue())) {
                String library = element.getNamespaceURI();
                if (library != null && library.startsWith("/lib/")) {
                    String tag = library.substring("/lib/".length()) + "/" + element.getLocalName();
                    assertThat(known).as(view.getKey()).containsKey(tag);
                    assertThat(known.get(tag)).as(view.getKey() + ": " + tag).containsAll(attributes(element));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void escapesEverythingAndHoldsNoScript(BuiltPlugin plugin) throws Exception {
        for (var view : plugin.texts(".jelly").entrySet()) {
            assertThat(view.getValue()).as(view.getKey()).startsWith("<?jelly escape-by-default='true'?>");
            for (Element element : elements(view.getValue())) {
                assertThat(attributes(element)).as(view.getKey()).noneMatch(name -> name.startsWith("on"));
                if (element.getTagName().equalsIgnoreCase("script")) {
                    assertThat(element.getAttribute("src")).as(view.getKey()).isNotEmpty();
                    assertThat(element.getTextContent()).as(view.getKey()).isBlank();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void hasTheSameTextsInEachLanguage(BuiltPlugin plugin) throws IOException {
        Map<String, String> bundles = plugin.texts(".properties");
        bundles.forEach((path, text) -> assertThat(text).as(path).isASCII());
        Set<String> bases = new TreeSet<>();
        bundles.keySet().stream()
                .filter(path -> path.startsWith("io/jenkins/plugins/shera/"))
                .forEach(path -> bases.add(path.replaceFirst("(_zh_(CN|TW))?\\.properties$", "")));
        for (String base : bases) {
            Set<Object> english = new HashSet<>();
            for (String language : LANGUAGES) {
                String path = base + language + ".properties";
                assertThat(bundles).containsKey(path);
                Properties texts = new Properties();
                texts.load(new StringReader(bundles.get(path)));
                if (language.isEmpty()) {
                    english.addAll(texts.keySet());
                }
                assertThat(texts.keySet()).as(path).isEqualTo(english);
                assertThat(texts.values()).as(path).allMatch(value -> !value.toString()
                        .isBlank());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void explainsEachFieldInEachLanguage(BuiltPlugin plugin) throws Exception {
        Map<String, String> pages = plugin.texts(".html");
        for (var view : plugin.texts("/config.jelly").entrySet()) {
            String folder = view.getKey().replace("config.jelly", "");
            for (Element element : elements(view.getValue())) {
                if (element.getLocalName().equals("entry") && element.hasAttribute("field")) {
                    for (String language : LANGUAGES) {
                        assertThat(pages)
                                .containsKey(folder + "help-" + element.getAttribute("field") + language + ".html");
                    }
                }
            }
        }
    }

    private static List<Element> elements(String view) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        NodeList nodes = factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(view)))
                .getElementsByTagName("*");
        return IntStream.range(0, nodes.getLength())
                .mapToObj(at -> (Element) nodes.item(at))
                .toList();
    }

    private static Set<String> attributes(Element element) {
        Set<String> names = new TreeSet<>();
        NamedNodeMap all = element.getAttributes();
        for (int at = 0; at < all.getLength(); at++) {
            if (!all.item(at).getNodeName().startsWith("xmlns")) {
                names.add(all.item(at).getNodeName());
            }
        }
        return names;
    }

    private static Map<String, Set<String>> knownTags() throws IOException {
        try (InputStream in = ViewsTest.class.getResourceAsStream("taglibs.txt")) {
            Map<String, Set<String>> tags = new HashMap<>();
            new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> List.of(line.split(" ")))
                    .forEach(words -> tags.put(words.get(0), Set.copyOf(words.subList(1, words.size()))));
            return tags;
        }
    }
}
