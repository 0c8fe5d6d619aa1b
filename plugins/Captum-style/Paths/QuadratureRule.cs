namespace Pellucid.Plugins.CaptumStyle.Paths;

/// <summary>How an integral over [0, 1] becomes a sum.</summary>
public enum QuadratureRule
{
    /// <summary>Gauss and Legendre: exact for polynomials of degree 2n - 1.</summary>
    GaussLegendre,

    /// <summary>k/n for k = 0 to n - 1, weights 1/n.</summary>
    RiemannLeft,

    /// <summary>k/n for k = 1 to n, weights 1/n: the sum of the paper, eq. 3.</summary>
    RiemannRight,

    /// <summary>(k + 1/2)/n for k = 0 to n - 1, weights 1/n.</summary>
    RiemannMiddle,

    /// <summary>k/(n - 1) for k = 0 to n - 1, weights 1/(n - 1), half of it at both ends.</summary>
    Trapezoid,

    /// <summary>As <see cref="Trapezoid"/>, but weights 1/n, as Captum's riemann_trapezoid has them: they sum to 1 - 1/n, not to 1.</summary>
    TrapezoidLibrary,
}
