package dev.havenkeep.kernel;

import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** JSON columns: text in, value out. Uses the application's own mapper, so that API and database agree. */
@Component
public class Json {

    private final JsonMapper mapper;

    Json(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** The JSON text of a value. */
    public String write(Object value) {
        return mapper.writeValueAsString(value);
    }

    /**
     * Reads a value that this installation wrote.
     *
     * @throws JacksonException when the text is not such a value
     */
    public <T> T read(String text, Class<T> type) {
        return mapper.readValue(text, type);
    }

    /** Reads a value of a generic type that this installation wrote. */
    public <T> T read(String text, TypeReference<T> type) {
        return mapper.readValue(text, type);
    }
}
