namespace Pellucid.Plugins.Datasets.Questions;

/// <summary>What the texts of a question's item are.</summary>
public enum QuestionTexts
{
    /// <summary>The question, then the answer.</summary>
    Both,

    /// <summary>The question.</summary>
    Question,

    /// <summary>The answer.</summary>
    Answer,

    /// <summary>One text: the question, a space and the answer.</summary>
    Joined,
}
