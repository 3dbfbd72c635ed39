package io.jenkins.plugins.shera.harness.web;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.apache.commons.jelly.JellyContext;
import org.apache.commons.jelly.JellyException;
import org.apache.commons.jelly.expression.Expression;
import org.apache.commons.jelly.expression.ExpressionFactory;
import org.apache.commons.jelly.expression.ExpressionSupport;
import org.apache.commons.jexl.JexlContext;

/** JEXL in views. A denial or an error in a called method reaches the page instead of turning into an empty text. */
final class PageExpressions implements ExpressionFactory {
    @Override
    public Expression createExpression(String text) throws JellyException {
        try {
            return new Jexl(org.apache.commons.jexl.ExpressionFactory.createExpression(text));
        } catch (Exception e) {
            throw new JellyException("Cannot read the expression " + text, e);
        }
    }

    private static final class Jexl extends ExpressionSupport {
        private final org.apache.commons.jexl.Expression expression;

        Jexl(org.apache.commons.jexl.Expression expression) {
            this.expression = expression;
        }

        @Override
        public String getExpressionText() {
            return "${" + expression.getExpression() + "}";
        }

        @Override
        public Object evaluate(JellyContext context) {
            try {
                return expression.evaluate(new Variables(context));
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("Cannot evaluate " + getExpressionText(), e);
            }
        }

        @Override
        public String toString() {
            return getExpressionText();
        }
    }

    /** The variables of a Jelly context, looked up one by one: a copy of all would cost more than most expressions. */
    private static final class Variables extends AbstractMap<String, Object> implements JexlContext {
        private final JellyContext context;

        Variables(JellyContext context) {
            this.context = context;
        }

        @Override
        public Object get(Object name) {
            return context.getVariable((String) name);
        }

        @Override
        public boolean containsKey(Object name) {
            return get(name) != null;
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return Set.of();
        }

        @Override
        public void setVars(Map variables) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, Object> getVars() {
            return this;
        }
    }
}
