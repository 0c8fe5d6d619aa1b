namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>The linear model that <see cref="LimeExplainer"/> fits.</summary>
public enum LimeRegression
{
    /// <summary>Weighted least squares: every region gets a value.</summary>
    LeastSquares,

    /// <summary>Weighted least squares with a penalty on absolute values: few regions get one.</summary>
    Lasso,
}
