package io.jenkins.plugins.shera.platform.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.platform.extension.ApiDescription;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

class OpenApiDocumentTest {

    @Test
    void putsTheShapesOfExportedClassesWhereTheyAreNamed() throws Exception {
        ObjectNode document = OpenApiDocument.of(List.of(new Part("good.json")), "https://ci.example.com");

        assertThat(document.at("/servers/0/url").asText()).isEqualTo("https://ci.example.com");
        assertThat(document.at("/paths/~1shelf/get/responses/200/content/application~1json/schema/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/Shelf");
        ObjectNode properties = (ObjectNode) document.at("/components/schemas/Shelf/properties");
        assertThat(properties.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("books", "full", "width", "label", "above");
        assertThat(properties.at("/books/items/$ref").asText()).isEqualTo("#/components/schemas/Book");
        assertThat(properties.at("/above/$ref").asText()).isEqualTo("#/components/schemas/Shelf");
        assertThat(properties.at("/full/type").asText()).isEqualTo("boolean");
        assertThat(properties.at("/width/type").asText()).isEqualTo("number");
        assertThat(document.at("/components/schemas/Book/properties/pages/type").asText())
                .isEqualTo("integer");
    }

    @Test
    void refusesTwoMeaningsOfOneName() {
        assertThatThrownBy(() -> OpenApiDocument.of(List.of(new Part("good.json"), new Part("other.json")), ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/shelf");
    }

    @Test
    void saysWhichPartIsNotThere() {
        assertThatThrownBy(() -> OpenApiDocument.of(List.of(new Part("absent.json")), ""))
                .hasMessageContaining("absent.json")
                .hasMessageContaining("Part");
    }

    private static final class Part extends ApiDescription {
        private final String file;

        Part(String file) {
            this.file = file;
        }

        @Override
        protected String resource() {
            return file;
        }
    }

    /** Something exported. */
    @ExportedBean
    public static final class Shelf {
        @Exported(name = "label")
        public final String name = "";

        @Exported
        public List<? extends Book> getBooks() {
            return List.of();
        }

        @Exported
        public boolean isFull() {
            return false;
        }

        @Exported
        public Double getWidth() {
            return null;
        }

        @Exported
        public Shelf getAbove() {
            return null;
        }

        public String getSecret() {
            return "";
        }
    }

    /** Something within it. */
    @ExportedBean
    public static final class Book {
        @Exported
        public long getPages() {
            return 0;
        }
    }
}
