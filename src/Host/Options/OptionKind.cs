namespace Pellucid.Host.Options;

/// <summary>What an option holds; a list holds several of it.</summary>
public enum OptionKind
{
    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A finite number.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>One of a set of names.</summary>
    Choice,

    /// <summary>An explainer with its own options.</summary>
    Explainer,
}
