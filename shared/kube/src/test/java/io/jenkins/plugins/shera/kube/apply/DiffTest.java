package io.jenkins.plugins.shera.kube.apply;

import static io.jenkins.plugins.shera.kube.RealCluster.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import org.junit.jupiter.api.Test;

class DiffTest {

    @Test
    void showsChangesByName() throws Exception {
        String before =
                "{'spec':{'replicas':1,'containers':[{'name':'a','image':'x:1'},{'name':'b'}]},'status':{'x':1}}";
        String after =
                "{'spec':{'replicas':3,'containers':[{'name':'new'},{'name':'a','image':'x:2'}]},'status':{'x':2}}";
        assertThat(Diff.between(json(before.replace('\'', '"')), json(after.replace('\'', '"'))))
                .containsExactly(
                        "~ spec.replicas: 1 -> 3",
                        "~ spec.containers[a].image: x:1 -> x:2",
                        "- spec.containers[b].name: b",
                        "+ spec.containers[new].name: new");
    }

    @Test
    void masksSecretsAndVariablesThatLookLikeOnes() throws Exception {
        String secret = "{\"kind\":\"Secret\",\"data\":{\"a\":\"czNjcmV0\"},\"stringData\":{\"b\":\"s3cret\"}}";
        String other = "{\"kind\":\"Secret\",\"data\":{\"a\":\"b3RoZXI=\"}}";
        String env = "{\"env\":[{\"name\":\"DB_PASSWORD\",\"value\":\"s3cret\"},{\"name\":\"MODE\",\"value\":\"on\"}]}";
        assertThat(Diff.between(json(other), json(secret)))
                .containsExactly("~ data.a: ******** (changed)", "+ stringData.b: ********");
        assertThat(Diff.between(MissingNode.getInstance(), json(env)))
                .contains("+ env[DB_PASSWORD].value: ********", "+ env[MODE].value: on")
                .noneMatch(line -> line.contains("s3cret"));
    }

    @Test
    void keepsALineALine() throws Exception {
        assertThat(Diff.between(MissingNode.getInstance(), json("{\"a\":\"one\\ntwo\\u001b[31m\"}")))
                .containsExactly("+ a: one two [31m");
    }
}
