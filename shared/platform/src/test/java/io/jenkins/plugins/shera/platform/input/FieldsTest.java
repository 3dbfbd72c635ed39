package io.jenkins.plugins.shera.platform.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FieldsTest {

    @Test
    void namesTheFieldNobodyKnows() {
        Fields fields = fields("{\"id\":\"a\",\"folde\":\"x\"}");
        fields.text("id");

        assertThatThrownBy(fields::done)
                .hasMessage("Nothing was changed. folde: there is no such field."
                        + " Check its spelling against docs/rest.md, or leave it out.");
    }

    @Test
    void namesThePlaceInsideAList() {
        Fields fields = fields("{\"environments\":[{\"name\":\"dev\"},{\"name\":[]}]}");

        assertThatThrownBy(() -> fields.objects("environments", each -> each.text("name")))
                .isInstanceOfSatisfying(
                        Refusal.class, e -> assertThat(e.where()).isEqualTo("environments[1].name"));
    }

    @Test
    void takesFormsAndJsonAlike() {
        assertThat(fields("{\"insecure\":\"on\"}").flag("insecure")).isTrue();
        assertThat(fields("{\"insecure\":true}").flag("insecure")).isTrue();
        assertThat(fields("{}").flag("insecure")).isFalse();
        assertThat(fields("{\"clusters\":\"a\\nb\"}").texts("clusters")).containsExactly("a", "b");
        assertThat(fields("{\"version\":\"3\"}").number("version")).hasValue(3);
    }

    @Test
    void readsFreeNamesFromAnObjectOrAListOfPairs() {
        Map<String, String> expected = Map.of("LEVEL", "info");

        assertThat(fields("{\"values\":{\"LEVEL\":\"info\"}}").map("values")).isEqualTo(expected);
        assertThat(fields("{\"values\":[{\"name\":\"LEVEL\",\"value\":\"info\"}]}")
                        .map("values"))
                .isEqualTo(expected);
    }

    @Test
    void refusesAFlagThatIsNeitherTrueNorFalse() {
        assertThatThrownBy(() -> fields("{\"insecure\":\"yes\"}").flag("insecure"))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void tellsWhatIsNotGivenFromANo() {
        assertThat(fields("{\"sbom\":false}").choice("sbom")).contains(false);
        assertThat(fields("{\"sbom\":\"true\"}").choice("sbom")).contains(true);
        for (String nothing : new String[] {"{}", "{\"sbom\":null}", "{\"sbom\":\"\"}"}) {
            Fields fields = fields(nothing);
            assertThat(fields.choice("sbom")).as(nothing).isEmpty();
            fields.done();
        }
        assertThatThrownBy(() -> fields("{\"sbom\":{}}").choice("sbom")).isInstanceOf(Refusal.class);
    }

    @Test
    void refusesATextWithAZeroByte() {
        assertThatThrownBy(() -> fields("{\"id\":\"a\\u0000\"}").text("id")).isInstanceOf(Refusal.class);
    }

    private static Fields fields(String json) {
        try {
            return new Fields(new ObjectMapper().readTree(json), "");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
